namespace Support.Aws.Scaling;

/// <summary>What one check of scaling asks, in words.</summary>
/// <param name="Name">The end of its id.</param>
/// <param name="Title">What is checked, at most 70 characters.</param>
/// <param name="Critical">When it misses a gate; empty: never.</param>
/// <param name="Warning">When it is shown and misses none.</param>
internal sealed record ScalingRule(string Name, string Title, string Critical, string Warning)
{
    /// <summary>Stable and unique, as in <c>Scaling.Bounds</c>.</summary>
    public string Id => $"Scaling.{Name}";
}
