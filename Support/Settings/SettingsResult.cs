using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Support.Settings;

/// <summary>The settings, or every reason why there are none; never both.</summary>
public sealed record SettingsResult
{
    private SettingsResult()
    {
    }

    /// <summary>The settings; null where there is at least one problem.</summary>
    public CapacitySettings? Settings { get; private init; }

    /// <summary>Every problem; empty where there are settings.</summary>
    public ImmutableArray<SettingProblem> Problems { get; private init; } = [];

    /// <summary>Every setting with secrets replaced, also where some cannot be used: a report of the failure shows them.</summary>
    public ImmutableArray<RedactedSetting> Redacted { get; private init; } = [];

    /// <summary>The folder of the reports, absolute; null where that setting itself cannot be used.</summary>
    public string? ReportsDirectory { get; private init; }

    /// <summary>Whether there are settings.</summary>
    [MemberNotNullWhen(true, nameof(Settings), nameof(ReportsDirectory))]
    public bool IsUsable => Settings is not null;

    /// <summary>All problems in one message; empty where there are none.</summary>
    public string Message => Problems.IsEmpty ? "" : SettingsProblems.Message(Problems);

    internal static SettingsResult Usable(CapacitySettings settings) => new()
    {
        Settings = settings,
        Redacted = settings.Redacted,
        ReportsDirectory = settings.Reports.Directory,
    };

    internal static SettingsResult Unusable(
        ImmutableArray<SettingProblem> problems, ImmutableArray<RedactedSetting> redacted, string? reportsDirectory) => new()
    {
        Problems = problems,
        Redacted = redacted,
        ReportsDirectory = reportsDirectory,
    };
}
