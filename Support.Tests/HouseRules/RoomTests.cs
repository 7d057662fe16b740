using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.HouseRules;

/// <summary>
/// Which folder of Support uses which, as the compiled types do; the sources' names are <see cref="StageTests"/>' part.
/// </summary>
internal sealed class RoomTests
{
    /// <summary>The folders in the order in which data flows: each uses those before it.</summary>
    internal static readonly string[] Rooms =
        ["Settings",
            "Host", "Ecs", "Targets", "Pool", "Measuring", "Verdict", "Plan", "Sizes", "Reports", "Aws", "Run"];

    private static readonly (Type User, Type Used)[] Uses =
    [
        .. CompiledUses.In(typeof(CapacitySettings).Assembly).SelectMany(type => type.Select(used => (type.Key, used)))
            .Where(use => IsOurs(use.Key) && IsOurs(use.used)),
    ];

    [Test]
    public void A_room_uses_only_itself_and_the_rooms_before_it() => Assert.That(
        Uses.Where(use => Room(use.Used) > Room(use.User)).Select(use => $"{use.User} uses {use.Used}").Order(),
        Is.Empty);

    [Test]
    public void What_stands_beside_the_rooms_uses_none_of_them() => Assert.That(
        CompiledUses.In(typeof(CapacitySettings).Assembly)
            .Where(type => type.Key.Namespace == "Support" && type.Any(IsOurs)).Select(type => type.Key), Is.Empty);

    [Test]
    public void Folders_use_each_other_in_one_direction()
    {
        var folders = Uses.Select(use => (From: use.User.Namespace!, To: use.Used.Namespace!))
            .Where(use => use.From != use.To)
                .Distinct().ToLookup(use => use.From, use => use.To);
        var found = folders.Select(folder => folder.Key)
            .SelectMany(from => folders[from].Where(to => Reaches(folders, to, from)).Select(to => $"{from} uses {to}"))
            .Select(use => use.Replace("Support.", "", StringComparison.Ordinal)).Order().ToArray();
        Assert.That(
            found,
            Is.Empty,
            "Move the types that cause it, or make one folder of two:\n" + string.Join('\n', Causes(found)));
    }

    [Test]
    public void What_the_compiler_made_is_read()
    {
        var seen = CompiledUses.In(typeof(RoomTests).Assembly)[typeof(Probe<>)].ToArray();
        Assert.That(seen, Is.EquivalentTo([
            typeof(InABase), typeof(IInAConstraint), typeof(InAField), typeof(InAList), typeof(InAnAttribute),
            typeof(InABody), typeof(InALambda), typeof(InAnIterator), typeof(InACall), typeof(InACatch),
        ]));
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Support.", StringComparison.Ordinal) == true;

    private static int Room(Type type)
    {
        var room = Array.IndexOf(Rooms, type.Namespace!.Split('.')[1]);
        Assert.That(room, Is.Not.Negative, $"{type} is in none of the rooms.");
        return room;
    }

    private static bool Reaches(ILookup<string, string> folders, string from, string to)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var folder))
        {
            if (folder == to)
                return true;
            foreach (var next in folders[folder].Where(seen.Add))
                open.Push(next);
        }

        return false;
    }

    private static IEnumerable<string> Causes(string[] found) => Uses
        .Where(use => found.Contains(
            $"{use.User.Namespace} uses {use.Used.Namespace}".Replace("Support.", "", StringComparison.Ordinal)))
        .Select(use => $"{use.User} uses {use.Used}").Order();
}

file class InABase;

file interface IInAConstraint;

file sealed class InAField;

file sealed class InABody;

file sealed class InALambda;

file sealed class InAnIterator;

file sealed class InAList;

file sealed class InACatch : Exception;

file static class InACall
{
    public static int One() => 1;
}

[AttributeUsage(AttributeTargets.Method)]
file sealed class InAnAttribute : Attribute;

file sealed class Probe<T> : InABase
    where T : IInAConstraint
{
    public InAField? Field { get; init; }

    public List<InAList> List { get; } = [];

    [InAnAttribute]
    public static Type Body() => typeof(InABody);

    public static Func<object> Lambda() => () => new InALambda();

    public static IEnumerable<object> Iterator()
    {
        yield return new InAnIterator();
    }

    public static int Call()
    {
        try
        {
            return InACall.One();
        }
        catch (InACatch)
        {
            return 0;
        }
    }
}
