namespace TargetServer;

/// <summary>Which connections are dropped: one draw each, in the order in which they open.</summary>
internal sealed class DropDraw(ServerOptions options)
{
    private readonly Lock gate = new();
    private readonly Random random = options.Seed is { } seed ? new Random(seed) : new Random();

    public bool Next()
    {
        if (options.DropShare is not { } share)
            return true;

        lock (gate)
            return random.NextDouble() < share;
    }
}
