using System.Diagnostics;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>Supervisors without a server process around them, and stand-ins for the programs that they call.</summary>
internal static class SupervisorRun
{
    public static async Task<(SupervisorLine First, ServerEnd End)> RunAsync(CgroupParents places, string line, string? searchPath = null, bool untilEnded = false)
    {
        var supervisor = Supervisor.Start(new(line, "/", ServerRun.Small, places) { SearchPath = searchPath });
        var first = await supervisor.Started;
        if (untilEnded)
            await supervisor.Ended;
        return (first, await supervisor.EndAsync());
    }

    public static async Task ToolAsync(string folder, string name, string script, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, $"#!/bin/sh\n{script}\n", cancellationToken);
        using var chmod = Process.Start("chmod", ["+x", file]);
        await chmod.WaitForExitAsync(cancellationToken);
    }
}
