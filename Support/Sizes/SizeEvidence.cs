using System.Collections.Immutable;
using Support.Settings;
using Support.Targets;

namespace Support.Sizes;

/// <summary>What the judge of sizes looks at.</summary>
internal sealed record SizeEvidence
{
    /// <summary>The server: its command, or <c>embedded</c>. The key in the baseline file.</summary>
    public required string Server { get; init; }

    /// <summary>What is required and expected.</summary>
    public required GateSettings Gate { get; init; }

    /// <summary>What was to be measured.</summary>
    public required SizePlan Plan { get; init; }

    /// <summary>What was measured, in order.</summary>
    public ImmutableArray<SizeRun> Runs { get; init; } = [];

    /// <summary>
    /// The labels of the sizes whose case this run came to, measured or not: of another size it says nothing. Default:
    /// none.
    /// </summary>
    public ImmutableArray<string> Reached { get; init; } = [];

    /// <summary>What was accepted.</summary>
    public BaselineReading Lock { get; init; } = BaselineReading.None;

    /// <summary>Whether a control group could be made here.</summary>
    public required CgroupSupport Cgroups { get; init; }

    /// <summary>The machine.</summary>
    public required SizeMachine Machine { get; init; }

    /// <summary>The suite's version; what follows a <c>+</c> is left out of the baseline file.</summary>
    public required string Version { get; init; }

    /// <summary>The day, UTC.</summary>
    public required DateOnly Today { get; init; }
}
