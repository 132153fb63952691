import { apiQuery } from '../../api/query';

export const homeQuery = apiQuery('/me/home');
