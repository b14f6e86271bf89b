/** What a region is called: by its name alone for the only account, by whose it is as well where there are more. */
export const labelOf = (region: string, of: string | null): string => (of === null ? region : `${region} of ${of}`);
