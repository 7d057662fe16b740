using System.Collections.Immutable;
using Support.Plan.Scaling;
using Support.Settings;

namespace Support.Reports;

/// <summary>One thing to do with the plan.</summary>
/// <param name="Text">What to do, before the code and after it.</param>
/// <param name="Code">A file or a command; empty where there is none.</param>
internal sealed record PlanStep((string Before, string After) Text, string Code = "");

/// <summary>What to do with the plan, in order: nothing is applied before the limit is final and the service is named.</summary>
internal static class PlanSteps
{
    private const string Readme = "README.md";

    /// <summary>Whether the policies were written, and may be applied.</summary>
    internal static bool HasFiles(CapacityReport report) => report.Plan.Doubt is null && !report.ScalingFiles.IsDefaultOrEmpty;

    /// <summary>The steps; empty where no files were written.</summary>
    internal static ImmutableArray<PlanStep> Of(CapacityReport report) => !HasFiles(report) ? [] :
    [
        new(($"Is the safe limit final? {Final(report)}", "")),
        .. IsNamed(report) ? ImmutableArray<PlanStep>.Empty :
        [
            new(("Name the service: run again with Aws.Cluster, Aws.Service and Aws.LoadBalancer; until then ", " refuses."), ScalingFileNames.Commands),
        ],
        .. report.ScalingFiles.Contains(Readme) ? [new(("Read ", "."), $"{ScalingScope.Folder}/{Readme}")] : ImmutableArray<PlanStep>.Empty,
        .. report.ScalingFiles.Contains(ScalingFileNames.Commands)
            ? [new(("Apply them: ", ", in this report's folder."), $"sh {ScalingScope.Folder}/{ScalingFileNames.Commands}")]
            : ImmutableArray<PlanStep>.Empty,
    ];

    private static string Final(CapacityReport report) => (VerdictWords.ClientWasTheLimit(report.Verdict), report.Plan.IsLowerBound) switch
    {
        (true, _) => "Not yet: this client was the limit. Measure from more machines first.",
        (_, true) => "Not yet: nothing broke. Raise the ladder first.",
        _ => "Yes: a limit was found.",
    };

    private static bool IsNamed(CapacityReport report) =>
        report.Settings.Any(setting => setting.Name == "Aws.Service" && setting.Value is not (SettingFormats.None or ""));
}
