/**
 * The entry `@buildrunner/sdk/testing`: a server in memory, for tests of programs that use the SDK.
 *
 * @module
 */
export type { Handler, HandlerCall, RecordedRequest } from './dispatch.ts'
export type { Failure, GraphQLFailure, HttpFailure, TransportFailure } from './faults.ts'
export type { DataOf, OperationName, VariablesOf } from './operations.ts'
export { createTestServer } from './server.ts'
export type { TestComment, TestProject, TestServer, TestServerOptions } from './server.ts'
