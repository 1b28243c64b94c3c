import { lookup as lookUp } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { CodedError } from '@waystation/kernel';

/**
 * Addresses that no endpoint of a hospital has, and that a machine of a cloud tells its secrets at: link-local (RFC 3927,
 * RFC 4291 2.5.6), "this host" (RFC 1122 3.2.1.3), multicast. Private networks are allowed: that is where a hospital is.
 */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16);
forbidden.addSubnet('0.0.0.0', 8);
forbidden.addSubnet('224.0.0.0', 4);
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addSubnet('ff00::', 8, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
forbidden.addAddress('::', 'ipv6');

/** @throws CodedError `webhook.forbidden-address` */
export const assertAllowed = (address: string): void => {
  if (!forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return;
  throw new CodedError('webhook.forbidden-address', `${address} is no address that webhooks are sent to`);
};

/** The same about the host of a URL, where it is an address already. */
export const assertAllowedHost = (hostname: string): void => {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) assertAllowed(address);
};

/** Looks a name up for the very connection that is made, so that a name cannot change its mind in between. */
export const allowedLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, options, (error, address, family) => {
    try {
      if (error === null)
        for (const one of [address].flat()) assertAllowed(typeof one === 'string' ? one : one.address);
      callback(error, address, family);
    } catch (refusal) {
      callback(refusal as NodeJS.ErrnoException, address, family);
    }
  });
};

/**
 * The address of a host, for those who connect by themselves.
 * @throws CodedError `webhook.forbidden-address`; what the lookup throws
 */
export const allowedAddressOf = async (host: string): Promise<string> => {
  const { address } = await lookup(host);
  assertAllowed(address);
  return address;
};
