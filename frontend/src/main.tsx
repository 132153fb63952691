import { MantineProvider } from '@mantine/core';
import './theme/mantine.css';
import './theme/global.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readConfig } from './api/config';
import { newQueryClient } from './api/query';
import { router } from './routes/router';
import { printInLight } from './theme/print';
import { resolveVariables, theme } from './theme/theme';

const { nonce } = readConfig();
if (nonce) setNonce(nonce);
printInLight();

const queryClient = newQueryClient();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
