using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>Supervisors without a server process around them, and stand-ins for the programs that they call.</summary>
internal static class SupervisorRun
{
    public static async Task<(SupervisorLine First, ServerEnd End)> RunAsync(
        CgroupParents places, string line, string? searchPath = null, bool untilEnded = false)
    {
        var supervisor = Supervisor.Start(new(line, "/", ServerRun.Small, places) { SearchPath = searchPath });
        var first = await supervisor.Started;
        if (untilEnded)
            await supervisor.Ended;
        return (first, await supervisor.EndAsync());
    }

    public static Task ToolAsync(string folder, string name, string script, CancellationToken cancellationToken) =>
        Task.Run(() => ShellScript.Write(Path.Combine(folder, name), $"#!/bin/sh\n{script}\n"), cancellationToken);
}
