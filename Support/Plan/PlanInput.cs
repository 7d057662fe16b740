using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>What a plan is worked out from.</summary>
public sealed record PlanInput
{
    /// <summary>What was measured.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>What it is worked out for.</summary>
    public PlanSettings Plan { get; init; } = new();

    /// <summary>What things cost.</summary>
    public PriceSettings Price { get; init; } = new();

    /// <summary>What one task is; null where it is not known.</summary>
    public EstimateInput? Task { get; init; }

    /// <summary>Handshakes that one task answered a second; null where not measured.</summary>
    public double? OpensPerSecond { get; init; }

    /// <summary>Memory of the server for one connection and without one, as it was measured, in bytes; null where it was not.</summary>
    public MeasuredMemory? Memory { get; init; }

    /// <summary>As <see cref="ScalingPlan.IsAskedFor"/>.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>As <see cref="ScalingPlan.Doubt"/>.</summary>
    public string? Doubt { get; init; }

    /// <summary>Whether what was measured is a task of the size in <see cref="Task"/>, with its limits: only then it is comparable with the estimate.</summary>
    public bool IsOfThatSize { get; init; }
}

/// <summary>What is known of one task before it is measured.</summary>
/// <param name="Size">What it is.</param>
/// <param name="From">Where that comes from, as in <c>Plan.Size</c> or <c>the task of this run</c>.</param>
/// <param name="Architecture">As a task definition gives it, as in <c>ARM64</c>; null is x86, as for ECS.</param>
/// <param name="Descriptors">Files that a process of it may have open; null where not known, then Fargate's default is taken.</param>
public sealed record EstimateInput(MachineSize Size, string From, string? Architecture = null, long? Descriptors = null);

/// <summary>Memory of the server as a line over the steps, in bytes.</summary>
/// <param name="BytesPerConnection">Its slope.</param>
/// <param name="BaseBytes">What it takes without a connection.</param>
/// <param name="Of">Whose memory it is, as in <c>server's control group</c>.</param>
public sealed record MeasuredMemory(double BytesPerConnection, double BaseBytes, string Of)
{
    /// <summary>Whether it is all that the server's control group is charged for: in a task that is runtime and system together.</summary>
    public bool IsOfGroup { get; init; }
}
