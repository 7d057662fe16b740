using System.Collections.Immutable;
using System.Diagnostics;
using Support.Settings;

namespace Support.Targets;

/// <summary>A program of this repository that the suite runs as a process of its own.</summary>
/// <param name="Name">Its project and its assembly.</param>
/// <param name="Purpose">What it is to the suite, for messages.</param>
/// <param name="Otherwise">What a user can do where it cannot be built; empty for nothing.</param>
internal sealed record HelperProcess(string Name, string Purpose, string Otherwise)
{
    /// <summary>The suite's own settings: they may hold secrets, and mean nothing to another program.</summary>
    private const string SettingsPrefix = "CAPACITY_";

    /// <summary>The server that is measured where no other is named.</summary>
    public static HelperProcess TargetServer { get; } =
        new("TargetServer", "the embedded target", ", or set Target.Url to a server of your own");

    public static HelperProcess PoolWorker { get; } = new("PoolWorker", "the worker that holds the connections", "");

    /// <summary>
    /// Its assembly, for a suite that runs from <paramref name="baseDirectory"/>, by default that of the process.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is at none of the paths, which the message names.</exception>
    public string Find(string? baseDirectory = null)
    {
        var candidates = Candidates(baseDirectory ?? AppContext.BaseDirectory);
        return candidates.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"{Name}.dll, {Purpose}, is at none of: {string.Join(", ", candidates)}. Build it (dotnet build {Name}, "
            + $"in the same configuration as the tests), or put its folder beside the test assembly{Otherwise}.");
    }

    /// <summary>
    /// The likeliest first: a folder beside the assembly, then the build output of the same configuration.
    /// </summary>
    internal ImmutableArray<string> Candidates(string baseDirectory)
    {
        var output = new DirectoryInfo(baseDirectory);
        var beside = Path.Combine(output.FullName, Name, $"{Name}.dll");
        if (ProcessEnvironment.Root(output) is not { } root)
            return [beside];

        // The calling assembly's own configuration and framework, from PROJECT/bin/CONFIGURATION/FRAMEWORK.
        var parts = Path.GetRelativePath(root.FullName, output.FullName)
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var bin = Array.IndexOf(parts, "bin");
        return bin >= 0 && parts.Length > bin + 2
            ? [beside, Path.Combine(root.FullName, Name, "bin", parts[bin + 1], parts[bin + 2], $"{Name}.dll")]
            : [beside];
    }

    /// <summary>Over three pipes, in the runtime that runs the suite.</summary>
    public static ProcessStartInfo StartInfo(string file, IEnumerable<string> arguments)
    {
        var start = Piped("", [file, .. arguments]);
        start.FileName = Muxer(Environment.ProcessPath, start.Environment);

        // A test host may have been started with other settings, and these two beat the program's own runtimeconfig.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return start;
    }

    /// <summary>How any program is started: over three pipes, without the suite's own settings.</summary>
    internal static ProcessStartInfo Piped(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfSettings).ToArray())
            start.Environment.Remove(name);
        return start;
    }

    /// <summary>The host that runs this process; else DOTNET_HOST_PATH; else <c>dotnet</c> on the PATH.</summary>
    internal static string Muxer(string? processPath, IDictionary<string, string?> environment)
    {
        if (Path.GetFileNameWithoutExtension(processPath) == "dotnet")
            return processPath!;

        return environment.TryGetValue("DOTNET_HOST_PATH", out var host) && File.Exists(host) ? host : "dotnet";
    }

    private static bool IsOfSettings(string name) =>
        name.StartsWith(SettingsPrefix, StringComparison.OrdinalIgnoreCase);
}
