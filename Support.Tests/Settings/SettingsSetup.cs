using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>Reads settings from pairs, on a disk that is what the test says.</summary>
internal static class SettingsSetup
{
    /// <summary>Absolute on every system.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "capacity-root"));

    /// <summary>The names of all settings.</summary>
    public static IEnumerable<string> Names => SettingCatalog.All.Select(setting => setting.Name);

    public static SettingsResult FromParameters(
        params (string Name, string Value)[] given) => Read(Pairs(given), Pairs([]));

    public static SettingsResult FromEnvironment(
        params (string Name, string Value)[] given) => Read(Pairs([]), Pairs(given));

    public static SettingsResult Read(
        Dictionary<string, string> parameters, Dictionary<string, string> environment, ISettingsDisk? disk = null) =>
        SettingsReader.Read(new GivenSettings(parameters, environment), Root, disk ?? new FakeDisk());

    public static Dictionary<string, string> Pairs(params (string Name, string Value)[] given) =>
        given.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The one problem of a setting given as a parameter.</summary>
    public static SettingProblem OnlyProblem(string name, string value)
    {
        var result = FromParameters((name, value));
        Assert.That(result.Problems, Has.Length.EqualTo(1), $"{name}={value}: {result.Message}");
        return result.Problems[0];
    }

    /// <summary>The settings; fails with the message where there are none.</summary>
    public static CapacitySettings Usable(SettingsResult result)
    {
        Assert.That(result.IsUsable, Is.True, result.Message);
        return result.Settings!;
    }

    /// <summary>Everything that a result can say: what no secret may be in.</summary>
    public static string Everything(SettingsResult result) => string.Join('\n',
    [
        result.Message,
        result.ToString(),
        result.Settings?.ToString() ?? "",
        result.Settings?.Target.ToString() ?? "",
        .. result.Settings?.Target.Headers.Select(header => header.ToString()) ?? [],
        .. result.Redacted.Select(setting => setting.ToString()),
        .. result.Problems.Select(
            problem => $"{problem} {problem.Name} {problem.Where} {problem.Value} {problem.Reason} {problem.Nearest}"),
    ]);
}

/// <summary>A disk without files: says what it was told to say, and keeps what it was asked.</summary>
internal sealed class FakeDisk : ISettingsDisk
{
    public string? Certificates { get; init; }

    public string? Folder { get; init; }

    public string? File { get; init; }

    public List<string> Asked { get; } = [];

    public string? FileProblem(string path)
    {
        Asked.Add(path);
        return File;
    }

    public string? CertificateProblem(string path)
    {
        Asked.Add(path);
        return Certificates;
    }

    public string? FolderProblem(string path)
    {
        Asked.Add(path);
        return Folder;
    }
}
