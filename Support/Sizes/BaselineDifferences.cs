using System.Collections.Immutable;
using System.Globalization;
using Support.Targets;

namespace Support.Sizes;

/// <summary>What differs between what accepted numbers rest on and what is here. Pure.</summary>
internal static class BaselineDifferences
{
    private const int ShownOfADigest = 19;

    /// <summary>Each as in <c>image: accepted sha256:4bc4…, now sha256:77e1…</c>.</summary>
    /// <param name="accepted">What the accepted numbers rest on.</param>
    /// <param name="one">The size.</param>
    /// <param name="evidence">What is here.</param>
    /// <param name="standsIn">
    /// Whether the numbers are to stand in for a measurement: then what only one side knows is a difference, since
    /// nobody has tried.
    /// </param>
    internal static ImmutableArray<string> Of(
        BaselineProvenance accepted, SizeCase one, SizeEvidence evidence, bool standsIn)
    {
        var definition = DefinitionOf(one, evidence);
        return
        [
            .. new[]
            {
                Differ("suite's major version", Major(accepted.SuiteVersion), Major(evidence.Version)),
                Differ("method of measuring", Number(accepted.Method), Number(BaselineFile.Method)),
                Differ("image", accepted.Image, definition?.Image, standsIn),
                Differ("task definition beside its size", accepted.Definition, definition?.Hash, standsIn),
                Differ("declared limits", Said(accepted.Declared), Said(one.Declared)),
            }.OfType<string>(),
        ];
    }

    /// <summary>
    /// The definition that a case comes from: the gated one's; for what is measured as "before" alone, the one before.
    /// Null where <c>Gate.Sizes</c> names it.
    /// </summary>
    internal static PlannedDefinition? DefinitionOf(SizeCase one, SizeEvidence evidence) =>
        one.Origins.Contains(SizeOrigin.Definition) ? evidence.Plan.Definition
        : one.Origins.All(origin => origin == SizeOrigin.Before) ? evidence.Plan.Before
        : null;

    private static string? Differ(string name, string? accepted, string? now, bool countsUnknown = false) =>
        accepted == now || (!countsUnknown && (accepted is null || now is null))
            ? null
            : $"{name}: accepted {Short(accepted)}, now {Short(now)}";

    private static string Short(string? value) =>
        value is null ? "not known" : value.StartsWith("sha256:", StringComparison.Ordinal)
            && value.Length > ShownOfADigest ? value[..ShownOfADigest] + "…" : value;

    private static string Major(string version) => version.Split('.', '+', '-')[0];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Said(GroupLimits limits) =>
        Say($"{limits.MemoryBytes / 1_048_576.0:0.##} MiB, {limits.CpuUnits} CPU units, nofile "
            + $"{limits.DescriptorsSoft}:{limits.DescriptorsHard}");
}
