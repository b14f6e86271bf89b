/**
 * The window's policy forbids `eval`, which zod would use to make its parsers faster. Imported before anything that
 * builds a schema, because that is when zod decides.
 */
import { z } from 'zod';

z.config({ jitless: true });
