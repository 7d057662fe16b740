using Amazon.Runtime;

namespace Support.Aws;

/// <summary>Calls within one deadline. Failures become faults; only the caller's cancellation is thrown.</summary>
internal sealed class AwsCalls : IDisposable
{
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenSource either;

    public AwsCalls(TimeSpan within, TimeProvider? time, CancellationToken caller)
    {
        this.caller = caller;
        deadline = new(within, time ?? TimeProvider.System);
        either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, caller);
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

    /// <summary><paramref name="isAnswer"/> says whether it is an answer of that service at all.</summary>
    public async Task<T> CallAsync<T>(
        string action, Func<CancellationToken, Task<T>> call, Predicate<T>? isAnswer = null)
    {
        try
        {
            var answer = await WithTimeoutAsync(call, either.Token).ConfigureAwait(false);
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

    /// <summary>For an answer that says that what was asked for is not there; one sentence.</summary>
    public static Exception NotThere(string action, string what) => new CallFailedException(
        AwsFault.NotFound(action, what));

    /// <summary>
    /// A call with timeout, whatever the SDK is doing: it looks for credentials and reads bodies without asking for the
    /// token. Then the call may go on unseen, and what it has to say is lost.
    /// </summary>
    public static Task<T> WithTimeoutAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken timeout) =>
        Task.Run(() => call(timeout), timeout).WaitAsync(timeout);

    public void Dispose()
    {
        either.Dispose();
        deadline.Dispose();
    }

    private sealed class CallFailedException(AwsFault fault) : Exception(fault.ToString())
    {
        public AwsFault Fault { get; } = fault;
    }
}

/// <summary>What was read from AWS, or why not: one of the two is there.</summary>
internal sealed record Reading<T>(T? Value, AwsFault? Fault)
    where T : class
{
    public static implicit operator Reading<T>(T value) => new(value, null);

    public static implicit operator Reading<T>(AwsFault fault) => new(null, fault);
}
