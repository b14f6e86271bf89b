/**
 * Which client this app is, and at which issuer. What an issuer gave to a client is of use to no other, and no other is
 * to see it: a grant, a revocation that waits and a record each name the registration they came from.
 */
export interface Registration {
  readonly issuer: string;
  readonly clientId: string;
}
