using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Support.Tests.Wording;

/// <summary>The suite with every sentence reworded, and this assembly a second time, bound to it.</summary>
internal sealed class RewordedSuite : AssemblyLoadContext
{
    private readonly byte[] suite;
    private readonly string tests = typeof(RewordedSuite).Assembly.Location;

    public RewordedSuite()
        : base("reworded") => suite = Rewording.Of(typeof(Support.Verdict.RunVerdict).Assembly.Location, Literals.Add);

    /// <summary>What was reworded.</summary>
    public ConcurrentBag<string> Literals { get; } = [];

    /// <summary>Calls a static method of this assembly there, by its name.</summary>
    /// <param name="method">Takes a token and gives a task of a text: no type of the suite crosses over.</param>
    /// <param name="cancellationToken">Handed over.</param>
    public Task<string> RunAsync(Func<CancellationToken, Task<string>> method, CancellationToken cancellationToken)
    {
        var there = LoadFromAssemblyName(typeof(RewordedSuite).Assembly.GetName());
        var type = there.GetType(method.Method.DeclaringType!.FullName!)!;
        return type.GetMethod(method.Method.Name, BindingFlags.Static | BindingFlags.Public)!
            .CreateDelegate<Func<CancellationToken, Task<string>>>()(cancellationToken);
    }

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        "Support" => LoadFromStream(new MemoryStream(suite)),
        "Support.Tests" => LoadFromAssemblyPath(tests),
        _ => null,
    };
}
