using System.Diagnostics;

namespace Support.Tests.Targets;

/// <summary>Programs that a test needs, as shell scripts.</summary>
internal static class ShellScript
{
    /// <summary>Writes one that can be run.</summary>
    /// <remarks>
    /// By a process of its own: while this one had the file open, a child that another test starts would inherit it for
    /// a moment, and the kernel runs no file that somebody can write to (ETXTBSY).
    /// </remarks>
    public static void Write(string path, string script)
    {
        using var shell = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", "cat >\"$1\" && chmod 755 \"$1\"", "sh", path]) { RedirectStandardInput = true })!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        shell.WaitForExit();
        if (shell.ExitCode != 0)
            throw new IOException($"{path} was not written.");
    }
}
