using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Support.Settings;

/// <summary>The settings, or every reason why there are none; never both.</summary>
public sealed record SettingsResult
{
    internal SettingsResult()
    {
    }

    /// <summary>The settings; null where there is at least one problem.</summary>
    public CapacitySettings? Settings { get; internal init; }

    /// <summary>Every problem; empty where there are settings.</summary>
    public ImmutableArray<SettingProblem> Problems { get; internal init; } = [];

    /// <summary>With secrets replaced, also where some cannot be used: a report of the failure shows them.</summary>
    public ImmutableArray<RedactedSetting> Redacted { get; internal init; } = [];

    /// <summary>The folder of the reports, absolute; null where that setting itself cannot be used.</summary>
    public string? ReportsDirectory { get; internal init; }

    /// <summary>Whether there are settings.</summary>
    [MemberNotNullWhen(true, nameof(Settings), nameof(ReportsDirectory))]
    public bool IsUsable => Settings is not null;

    /// <summary>All problems in one message; empty where there are none.</summary>
    public string Message => Problems.IsEmpty ? "" : SettingsProblems.Message(Problems);
}

/// <summary>One setting that cannot be used, without secrets.</summary>
/// <param name="Name">The name as given.</param>
/// <param name="Where">
/// Where it was given: <c>parameter</c>, the name of the environment variable, or <c>default</c>.
/// </param>
/// <param name="Value">
/// The value as given, with secrets replaced; that of an unknown name is hidden, as it may be one.
/// </param>
/// <param name="Allowed">What is allowed; for an unknown name, that it must be a known one.</param>
/// <param name="Reason">What is wrong where <paramref name="Allowed"/> does not say it all; else empty.</param>
/// <param name="Nearest">For an unknown name the nearest known one, as it is written in that place; else null.</param>
public sealed record SettingProblem(
    string Name, string Where, string Value, string Allowed, string Reason, string? Nearest)
{
    /// <summary>The problem in one line.</summary>
    public override string ToString()
    {
        var name = Name == Where ? Name : $"{Name} ({Where})";
        return Nearest is not null
            ? $"{name} was '{Value}': there is no setting of that name; nearest known name: {Nearest}"
            : $"{name} was '{Value}'{(Reason.Length == 0 ? "" : $": {Reason}")}; allowed: {Allowed}";
    }
}

/// <summary>All problems of a run in one message.</summary>
internal static class SettingsProblems
{
    /// <summary>Where settings are set, in what order they count.</summary>
    public const string Next =
        "Set each in .runsettings under TestRunParameters (<Parameter "
        + "name=\"Ladder.Steps\" value=\"10,50\" />), on the command line "
        + "(dotnet test -- "
        + "'TestRunParameters.Parameter(name=\"Ladder.Steps\", value=\"10,50\")') or in the environment "
        + "(CAPACITY_LADDER_STEPS=10,50). The environment beats the command line, "
        + "and that beats the file. No connection was opened.";

    /// <summary>What is wrong, one line each, and where to set it right; at least one problem.</summary>
    public static string Message(ImmutableArray<SettingProblem> problems)
    {
        if (problems.IsDefaultOrEmpty)
            throw new ArgumentException("The list holds 0 problems; allowed: at least one.", nameof(problems));
        var subject = Say($"{problems.Length} setting{(problems.Length == 1 ? "" : "s")}");
        return $"{subject} cannot be used:\n{string.Concat(problems.Select(problem => $"  {problem}\n"))}{Next}";
    }
}
