export { type ClosableThreadTeam, createThreadTeam } from './thread-team.ts';
