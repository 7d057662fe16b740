using System.Diagnostics;

namespace Support.Targets;

/// <summary>How a companion's process is started: over three pipes, in the runtime that runs the suite.</summary>
internal static class CompanionStartInfo
{
    /// <summary>The suite's own settings: they may hold secrets, and mean nothing to another program.</summary>
    private const string SettingsPrefix = "CAPACITY_";

    public static ProcessStartInfo For(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.FileName = Muxer(Environment.ProcessPath, start.Environment);
        start.ArgumentList.Add(file);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        RemoveSettings(start);

        // A test host may have been started with other settings, and these two beat the companion's own runtimeconfig.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return start;
    }

    /// <summary>Keeps the suite's own settings from a process that it starts.</summary>
    internal static void RemoveSettings(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(SettingsPrefix, StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
    }

    /// <summary>The host that runs this process; else the one that started it (DOTNET_HOST_PATH); else <c>dotnet</c> on the PATH.</summary>
    internal static string Muxer(string? processPath, IDictionary<string, string?> environment)
    {
        if (Path.GetFileNameWithoutExtension(processPath) == "dotnet")
            return processPath!;

        return environment.TryGetValue("DOTNET_HOST_PATH", out var host) && File.Exists(host) ? host : "dotnet";
    }
}
