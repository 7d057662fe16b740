namespace Support.Host;

/// <summary>What this machine allows, predicted.</summary>
/// <param name="Table">One row a resource.</param>
/// <param name="MaxAttemptable">
/// The most connections that descriptors and ports of this client allow now: steps above it can only fail. Null where neither is known.
/// </param>
/// <param name="Reason">
/// The same in words, for a step that is not attempted: <c>ClientLimit(fd)</c> or <c>ClientLimit(ports)</c>, and why; null together with <paramref name="MaxAttemptable"/>.
/// </param>
public sealed record CeilingPrediction(CeilingTable Table, int? MaxAttemptable, string? Reason)
{
    /// <summary>Which of the two is least; null together with <see cref="MaxAttemptable"/>.</summary>
    public Resource? Least { get; init; }
}

/// <summary>Works out what each resource allows, before anything is opened.</summary>
public static class CeilingPredictor
{
    /// <summary>Predicts from what was read. Pure: the same facts give the same table.</summary>
    /// <param name="facts">The machine.</param>
    /// <param name="context">What is to be opened, and from where.</param>
    public static CeilingPrediction Predict(EnvironmentFacts facts, CheckContext context)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(context);
        var descriptors = CeilingRows.Descriptors(facts);
        var ports = CeilingRows.Ports(facts, context);
        var table = new CeilingTable(
        [
            descriptors,
            ports,
            CeilingRows.Memory(facts, context),
            CeilingRows.ConnectionTracking(facts, context),
            CeilingRows.SocketMemory(facts, context),
            .. CeilingRows.TargetDescriptors(facts),
        ]);

        var portsBind = (ports.Connections ?? long.MaxValue) < (descriptors.Connections ?? long.MaxValue);
        var (least, name) = portsBind ? (ports, "ports") : (descriptors, "fd");
        return least.Connections is { } most
            ? new CeilingPrediction(
                table,
                (int)Math.Min(most, int.MaxValue),
                $"ClientLimit({name}): {least.Resource} allow {Words.Count(most)} connections ({least.Basis})") { Least = least.Kind }
            : new CeilingPrediction(table, null, null);
    }
}
