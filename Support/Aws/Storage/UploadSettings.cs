using System.Collections.Immutable;
using Support.Settings;

namespace Support.Aws.Storage;

/// <summary>The three settings that an upload needs. That others are bad, or that the folder is full, is no reason to keep the reports that say so.</summary>
/// <param name="Aws">With bucket and prefix as they are set, all else as by default.</param>
/// <param name="Directory">The reports folder, absolute; nobody has asked whether it is there.</param>
/// <param name="Problems">What is wrong with the three; empty: usable.</param>
internal sealed record UploadSettings(AwsSettings Aws, string Directory, ImmutableArray<SettingProblem> Problems)
{
    private static readonly ImmutableArray<string> Names = ["Aws.ReportsBucket", "Aws.ReportsPrefix", "Reports.Directory"];

    /// <summary>Reads them from the environment; touches no disk.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="baseDirectory">What a relative folder is relative to; absolute.</param>
    public static UploadSettings Read(IReadOnlyDictionary<string, string> environment, string baseDirectory)
    {
        var given = new GivenSettings(ImmutableDictionary<string, string>.Empty, environment);
        var (settings, problems) = SettingsReader.Parse(given, Names.Select(name => SettingCatalog.Find(name)!));
        return new(settings.Aws, Path.GetFullPath(settings.Reports.Directory, baseDirectory), problems);
    }
}
