/** Pixel Data, Float Pixel Data and Double Float Pixel Data (PS3.3 C.7.6.3 and C.7.6.24). */
const pixelTags: ReadonlySet<number> = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010]);

export const isPixelData = (tag: number): boolean => pixelTags.has(tag);
