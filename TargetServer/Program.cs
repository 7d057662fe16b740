using TargetServer;

// Exit codes: 0 ended as asked, 1 could not listen, 2 the command line is wrong.
var parsed = ServerOptionsParser.Parse(args);
if (parsed.Error is { } error)
{
    Console.Error.WriteLine(error);
    return 2;
}

if (parsed.Options.Help)
{
    Console.Out.Write(ServerHelp.Text());
    return 0;
}

return await ServerRun.RunAsync(parsed.Options);
