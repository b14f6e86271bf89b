import type { Api } from './part.ts';

/** One entry of `error.errors` in the JSON error of a Google API. */
export interface ApiProblem {
  status: number;
  reason: string;
  message: string;
  domain?: string;
  locationType?: 'parameter' | 'header';
  location?: string;
  headers?: Record<string, string>;
  details?: unknown[];
}

/**
 * The JSON error body of Google's APIs.
 * @see https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function apiError(problem: ApiProblem): Response {
  const { status, reason, message, domain = 'global', locationType, location, details, headers } = problem;
  const rpc = RPC_STATUS[status];
  const body = {
    error: {
      errors: [{ domain, reason, message, ...(locationType && { locationType }), ...(location && { location }) }],
      code: status,
      message,
      ...(rpc && { status: rpc }),
      ...(details && { details }),
    },
  };
  return Response.json(body, { status, headers: { 'cache-control': 'private, max-age=0', ...headers } });
}

/**
 * The JSON error body of Google's newer APIs, which has no list of errors.
 * @see https://google.aip.dev/193
 */
export function rpcError(problem: {
  status: number;
  message: string;
  /** The canonical code; without one, the usual one of the status. */
  code?: string;
  details?: unknown[];
}): Response {
  const { status, message, code = RPC_STATUS[status], details } = problem;
  const body = { error: { code: status, message, status: code, ...(details && { details }) } };
  return Response.json(body, { status, headers: { 'cache-control': 'private' } });
}

/** What is not there. */
export function notFound(): Response {
  return apiError({ status: 404, reason: 'notFound', message: 'Not Found' });
}

/** A parameter Google refuses. */
export function badParameter(location: string, message: string, reason = 'invalid'): Response {
  return apiError({ status: 400, reason, message, locationType: 'parameter', location });
}

/** Says that it is the double, not Google, which cannot. */
export function unsupported(parameter: string): Response {
  return badParameter(parameter, `${parameter} is not supported by the double.`, 'notSupportedByTheDouble');
}

/** An error of the token endpoint (RFC 6749, section 5.2, with Google's `error_subtype`). */
export function oauthError(status: number, error: string, description?: string, subtype?: string): Response {
  const body = {
    error,
    ...(description !== undefined && { error_description: description }),
    ...(subtype && { error_subtype: subtype }),
  };
  return Response.json(body, { status, headers: NO_STORE });
}

/** What every answer that carries a token says (RFC 6749, section 5.1). */
export const NO_STORE = { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate', pragma: 'no-cache' };

/** The error an API gives for a reason, in its words. */
export function problemFor(api: Api, status: number, reason?: string, message?: string): ApiProblem {
  const name = reason ?? DEFAULT_REASON[status] ?? 'unknown';
  const known = KNOWN[name]?.(api);
  return {
    status,
    reason: name,
    message: message ?? known?.message ?? `Error ${status}`,
    ...(known?.domain && { domain: known.domain }),
    ...(known?.detail && { details: [errorInfo(api, known.detail)] }),
  };
}

/**
 * The detail by which a program knows an error.
 * @see https://cloud.google.com/apis/design/errors#error_info
 */
export function errorInfo(api: Api, reason: string) {
  const type = 'type.googleapis.com/google.rpc.ErrorInfo';
  return { '@type': type, reason, domain: 'googleapis.com', metadata: { service: api.service } };
}

const KNOWN: Record<string, (api: Api) => { message: string; domain?: string; detail?: string }> = {
  rateLimitExceeded: () => ({ message: 'Rate Limit Exceeded', domain: 'usageLimits' }),
  userRateLimitExceeded: () => ({ message: 'User Rate Limit Exceeded', domain: 'usageLimits' }),
  quotaExceeded: ({ product }) => ({ message: `${product} usage limits exceeded.`, domain: 'usageLimits' }),
  dailyLimitExceeded: () => ({ message: 'Daily Limit Exceeded', domain: 'usageLimits' }),
  accessNotConfigured: ({ name }) => ({
    message: `${name} has not been used in this project before or it is disabled.`,
    domain: 'usageLimits',
    detail: 'SERVICE_DISABLED',
  }),
  insufficientPermissions: () => ({
    message: 'Request had insufficient authentication scopes.',
    detail: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  }),
  domainPolicy: ({ product }) => ({ message: `The domain administrators have disabled ${product} apps.` }),
  authError: () => ({ message: 'Invalid Credentials' }),
  notFound: () => ({ message: 'Not Found' }),
  backendError: () => ({ message: 'Backend Error' }),
};

const DEFAULT_REASON: Record<number, string> = {
  400: 'badRequest',
  401: 'authError',
  403: 'forbidden',
  404: 'notFound',
  410: 'gone',
  429: 'rateLimitExceeded',
  500: 'backendError',
  502: 'backendError',
  503: 'backendError',
  504: 'backendError',
};

const RPC_STATUS: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};
