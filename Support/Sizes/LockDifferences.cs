using System.Collections.Immutable;
using System.Globalization;
using Support.Targets.Groups;

namespace Support.Sizes;

/// <summary>What differs between what accepted numbers rest on and what is here. Pure.</summary>
internal static class LockDifferences
{
    private const int ShownOfADigest = 19;

    /// <summary>Each as in <c>image: accepted sha256:4bc4…, now sha256:77e1…</c>.</summary>
    internal static ImmutableArray<string> Of(LockProvenance accepted, SizeCase one, SizeEvidence evidence)
    {
        var definition = DefinitionOf(one, evidence);
        return
        [
            .. new[]
            {
                Differ("suite's major version", Major(accepted.SuiteVersion), Major(evidence.Version)),
                Differ("method of measuring", Number(accepted.Method), Number(LockFile.Method)),
                Differ("image", accepted.Image, definition?.Image),
                Differ("task definition beside its size", accepted.Definition, definition?.Hash),
                Differ("declared limits", Said(accepted.Declared), Said(one.Declared)),
            }.OfType<string>(),
        ];
    }

    /// <summary>The definition that a case comes from: the gated one's; for what is measured as "before" alone, the one before. Null where <c>Gate.Sizes</c> names it.</summary>
    internal static PlannedDefinition? DefinitionOf(SizeCase one, SizeEvidence evidence) =>
        one.Origins.Contains(SizeOrigin.Definition) ? evidence.Plan.Definition
        : one.Origins.All(origin => origin == SizeOrigin.Before) ? evidence.Plan.Before
        : null;

    // What one of both does not have is not compared.
    private static string? Differ(string name, string? accepted, string? now) =>
        accepted is null || now is null || accepted == now ? null : $"{name}: accepted {Short(accepted)}, now {Short(now)}";

    private static string Short(string value) =>
        value.StartsWith("sha256:", StringComparison.Ordinal) && value.Length > ShownOfADigest ? value[..ShownOfADigest] + "…" : value;

    private static string Major(string version) => version.Split('.', '+', '-')[0];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Said(GroupLimits limits) => string.Create(
        CultureInfo.InvariantCulture,
        $"{limits.MemoryBytes / 1_048_576.0:0.##} MiB, {limits.CpuUnits} CPU units, nofile {limits.DescriptorsSoft}:{limits.DescriptorsHard}");
}
