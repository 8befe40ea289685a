import { leavesNothing } from '../support/leaks.ts';

leavesNothing(6);
