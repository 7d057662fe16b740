using Amazon.Runtime;

namespace Support.Aws;

/// <summary>
/// The calls of one reading within one deadline. What goes wrong becomes its fault; only the caller's cancellation is
/// thrown.
/// </summary>
internal sealed class AwsCalls : IDisposable
{
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenSource bound;

    /// <summary>Starts the deadline.</summary>
    /// <param name="within">How long all calls may take together.</param>
    /// <param name="time">The clock of that; null: the system's.</param>
    /// <param name="caller">Ends the reading.</param>
    public AwsCalls(TimeSpan within, TimeProvider? time, CancellationToken caller)
    {
        this.caller = caller;
        deadline = new(within, time ?? TimeProvider.System);
        bound = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, caller);
    }

    /// <summary>What a part of the reading brings, or the fault of the first call in it that failed.</summary>
    public async Task<Reading<T>> ReadAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (CallFailedException error) when (!caller.IsCancellationRequested)
        {
            return error.Fault;
        }
    }

    /// <summary>Makes one call.</summary>
    /// <param name="action">The IAM action that it needs.</param>
    /// <param name="call">The call.</param>
    /// <param name="isAnswer">Whether it is an answer of that service at all. Default: it is.</param>
    public async Task<T> CallAsync<T>(
        string action, Func<CancellationToken, Task<T>> call, Predicate<T>? isAnswer = null)
    {
        try
        {
            var answer = await WithTimeoutAsync(call, bound.Token).ConfigureAwait(false);
            return isAnswer?.Invoke(answer) ?? true
                ? answer
                : throw new AmazonUnmarshallingException(
                    requestId: null, lastKnownLocation: null, innerException: null);
        }
        catch (Exception error) when (!caller.IsCancellationRequested)
        {
            throw new CallFailedException(AwsFault.Of(error, action));
        }
    }

    /// <summary>For an answer that says that what was asked for is not there.</summary>
    /// <param name="action">The IAM action of the call.</param>
    /// <param name="what">One sentence, as <c>service web in cluster main is not there</c>.</param>
    public static Exception NotThere(string action, string what) => new CallFailedException(
        AwsFault.NotFound(action, what));

    /// <summary>
    /// A call that ends when it has to, whatever the SDK is doing: it looks for credentials and reads bodies without
    /// asking for the token.
    /// </summary>
    /// <param name="call">The call; it gets the token, so that what can be ended is.</param>
    /// <param name="bound">Ends the wait: a deadline, the caller's cancellation, or both linked.</param>
    /// <exception cref="OperationCanceledException">
    /// The bound was reached; the call may go on unseen, and what it has to say is lost.
    /// </exception>
    public static Task<T> WithTimeoutAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken bound) =>
        Task.Run(() => call(bound), bound).WaitAsync(bound);

    /// <inheritdoc/>
    public void Dispose()
    {
        bound.Dispose();
        deadline.Dispose();
    }

    private sealed class CallFailedException(AwsFault fault) : Exception(fault.ToString())
    {
        public AwsFault Fault { get; } = fault;
    }
}
