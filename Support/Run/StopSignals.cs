using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Support.Run;

/// <summary>
/// What stops a run before its end: the first signal ends the measuring in order, the second ends the process at once,
/// a test runner that goes away takes the process with it, and so does an error on a thread that nobody waits for. In
/// each case the reports of what is recorded are written first.
/// </summary>
public sealed class StopSignals : IDisposable
{
    // Writing takes some 100 ms; a disk that does not answer must not keep a process that was told twice to end.
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(2);

    // Nobody waits for a test host whose runner is gone, and a file that is half written would stay.
    private static readonly TimeSpan LastDeadline = TimeSpan.FromSeconds(10);

    // The runner waits for as long as the process takes to die.
    private static readonly TimeSpan CrashDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ExitDeadline = TimeSpan.FromSeconds(1);

    private readonly CapacityRun run;
    private readonly PosixSignalRegistration[] registrations;
    private int received;

    /// <summary>From now on signals are the run's to answer.</summary>
    public StopSignals(CapacityRun run)
    {
        this.run = run;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2)),
        ];
        AppDomain.CurrentDomain.ProcessExit += WriteAtTheEnd;
        AppDomain.CurrentDomain.UnhandledException += WriteAtTheCrash;
    }

    /// <summary>Signals are the process's own again.</summary>
    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        AppDomain.CurrentDomain.ProcessExit -= WriteAtTheEnd;
        AppDomain.CurrentDomain.UnhandledException -= WriteAtTheCrash;
    }

    private void Stop(PosixSignalContext context, int number)
    {
        // Ending at once would lose the step in flight and every report.
        context.Cancel = true;
        run.Interruption.Stop(context.Signal.ToString());
        if (Interlocked.Increment(ref received) == 2)
            EndAtOnce(128 + number);
    }

    private void EndAtOnce(int exitCode)
    {
        WriteInTime(endedBy: null, WriteDeadline);
        // The runner's own exit handlers may wait for the test that is being ended here.
        using var overdue = new Timer(
            _ => Process.GetCurrentProcess().Kill(), null, ExitDeadline, Timeout.InfiniteTimeSpan);
        Environment.Exit(exitCode);
    }

    // A runner that dies, as on Ctrl+C, ends its test host by an ordinary exit: nobody is left to run the test that
    // writes reports, nor to show what it says.
    private void WriteAtTheEnd(object? sender, EventArgs e) => WriteInTime("the end of the test runner", LastDeadline);

    private void WriteAtTheCrash(object sender, UnhandledExceptionEventArgs e) =>
        WriteInTime($"an error of the suite itself, {e.ExceptionObject.GetType().Name}", CrashDeadline);

    private void WriteInTime(string? endedBy, TimeSpan deadline)
    {
        if (Task.Run(() => run.WriteWhatIsKnown(endedBy)).Wait(deadline))
            Say($"The run was stopped by {run.Interruption.By ?? endedBy}. Reports: {run.ReportsDirectory}");
    }

    // The runner that showed what this process said is gone; the terminal, where there is one, is not.
    private static void Say(string line)
    {
        try
        {
            using var terminal = new FileStream(
                "/dev/tty", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            terminal.Write(System.Text.Encoding.UTF8.GetBytes($"{line}{Environment.NewLine}"));
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // In a pipeline there is none, and the reports are where they were asked for.
        }
    }
}
