import { apiQuery } from '../../api/query';

export const teamQuery = apiQuery('/team');
