export { verdictOn, type Answer, type Verdict } from './answer.js';
export { allowedAddressOf } from './forbidden-addresses.js';
export { HttpEndpoint, type HttpEndpointOptions } from './http-endpoint.js';
