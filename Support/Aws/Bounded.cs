namespace Support.Aws;

/// <summary>Calls of AWS that end when they have to, whatever the SDK is doing: it looks for credentials and reads bodies without asking for the token.</summary>
internal static class Bounded
{
    /// <summary>Runs the call on the pool, and leaves it behind where it does not end by itself in time.</summary>
    /// <param name="call">The call; it gets the token, so that what can be ended is.</param>
    /// <param name="bound">Ends the wait: a deadline, the caller's cancellation, or both linked.</param>
    /// <exception cref="OperationCanceledException">The bound was reached; the call may go on unseen, and what it has to say is lost.</exception>
    public static Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken bound) => Task.Run(() => call(bound), bound).WaitAsync(bound);
}
