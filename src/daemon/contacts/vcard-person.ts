import { z } from 'zod';

// What of a person a vCard needs. A field of a strange type is taken as absent.

const text = z.string().nullish().catch(null);
const number = z.number().int().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);

const list = <T extends z.ZodRawShape>(shape: T) =>
  z
    .array(
      z
        .looseObject({ ...shape, metadata: z.looseObject({ primary: flag }).nullish().catch(null) })
        .nullable()
        .catch(null),
    )
    .nullish()
    .catch(null)
    .transform((items) => (items ?? []).filter((each) => each !== null));

const labelled = { value: text, type: text, formattedType: text };
const day = z.looseObject({ year: number, month: number, day: number }).nullish().catch(null);

/** https://developers.google.com/people/api/rest/v1/people#Person */
export const VcardPerson = z.looseObject({
  resourceName: text,
  metadata: z
    .looseObject({ sources: list({ updateTime: text }) })
    .nullish()
    .catch(null),
  names: list({
    displayName: text,
    unstructuredName: text,
    familyName: text,
    givenName: text,
    middleName: text,
    honorificPrefix: text,
    honorificSuffix: text,
    phoneticFullName: text,
    phoneticFamilyName: text,
    phoneticGivenName: text,
    phoneticMiddleName: text,
  }),
  nicknames: list({ value: text }),
  birthdays: list({ date: day, text }),
  events: list({ date: day, type: text, formattedType: text }),
  phoneNumbers: list(labelled),
  emailAddresses: list({ ...labelled, displayName: text }),
  addresses: list({
    type: text,
    formattedType: text,
    formattedValue: text,
    poBox: text,
    extendedAddress: text,
    streetAddress: text,
    city: text,
    region: text,
    postalCode: text,
    country: text,
    countryCode: text,
  }),
  organizations: list({
    type: text,
    formattedType: text,
    name: text,
    department: text,
    title: text,
    jobDescription: text,
    symbol: text,
    location: text,
  }),
  occupations: list({ value: text }),
  urls: list(labelled),
  calendarUrls: list({ url: text, type: text, formattedType: text }),
  imClients: list({ username: text, protocol: text, formattedProtocol: text, type: text, formattedType: text }),
  sipAddresses: list(labelled),
  biographies: list({ value: text }),
  relations: list({ person: text, type: text, formattedType: text }),
  genders: list({ value: text, addressMeAs: text }),
  locales: list({ value: text }),
  interests: list({ value: text }),
  skills: list({ value: text }),
  locations: list(labelled),
  miscKeywords: list(labelled),
  externalIds: list(labelled),
  userDefined: list({ key: text, value: text }),
  clientData: list({ key: text, value: text }),
  fileAses: list({ value: text }),
});
export type VcardPerson = z.infer<typeof VcardPerson>;
export type VcardDay = NonNullable<VcardPerson['birthdays'][number]['date']>;
