import type { SecureContextOptions } from 'node:tls';

/**
 * The Non-Downgrading BCP 195 TLS Secure Transport Connection Profile (PS3.15 B.10, RFC 9325 4.2): TLS 1.3 where both
 * sides have it, otherwise TLS 1.2 with forward secrecy and authenticated encryption, and nothing older.
 */
export const tlsProfile = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
  ].join(':'),
  honorCipherOrder: true,
} as const satisfies SecureContextOptions;
