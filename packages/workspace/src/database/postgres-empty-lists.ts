// `in ()` holds for nothing in SQLite, and is no SQL in Postgres: there it becomes a condition that
// holds for nothing.
import { HandleEmptyInListsPlugin, replaceWithNoncontingentExpression } from 'kysely';

export const handleEmptyLists = new HandleEmptyInListsPlugin({
  strategy: replaceWithNoncontingentExpression,
});
