export { FrameDecoder, type FrameDecoderOptions } from './frame-decoder.js';
