using System.Runtime.InteropServices;
using Support.Pool.Workers;

if (args.Length > 0 || !Console.IsInputRedirected)
{
    Console.WriteLine("""
        PoolWorker holds WebSocket connections for the capacity suite, which starts and ends it: nobody else has to.
        It obeys commands on standard input and answers on standard output, one JSON line each, and ends when its input ends.
        """);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

// A signal to the whole group is the suite's to answer: it still wants to count what is held.
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
BeTheFirstToGo();
return await WorkerLoop.RunAsync(
    Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, TimeProvider.System);

// proc(5): 1000 makes the kernel kill this process before any other of its control group; raising it needs no right.
static void BeTheFirstToGo()
{
    const string file = "/proc/self/oom_score_adj";
    if (!OperatingSystem.IsLinux())
        return;
    try
    {
        File.WriteAllText(file, "1000");
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"{file} could not be written ({e.Message}): out of memory, the kernel may choose "
            + "another process than this one.");
    }
}
