import QuanshengshiCore

/// Runs a call of the core with a token that is cancelled when the task is. A cancelled Swift task
/// does not reach the core by itself: without this the call would go on to its end.
///
/// A call that ended because its task was cancelled throws `CancellationError`, as Swift's own do.
public func cancelling<T: Sendable>(
    isolation: isolated (any Actor)? = #isolation,
    _ call: (CancelToken) async throws -> T
) async throws -> T {
    let token = CancelToken()
    do {
        return try await withTaskCancellationHandler {
            try await call(token)
        } onCancel: {
            token.cancel()
        }
    } catch QssError.Cancelled where Task.isCancelled {
        throw CancellationError()
    }
}
