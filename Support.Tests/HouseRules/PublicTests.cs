using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.HouseRules;

/// <summary>
/// Support is no library for others: public is what the programs beside it name, and what that brings with it.
/// </summary>
internal sealed class PublicTests
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    private static readonly string[] Programs =
        ["CapacityTests", "Benchmarks", "PoolWorker", "ReportUpload", "ScreenLogger", "TargetServer"];

    private static readonly Type[] Public =
        [.. typeof(CapacitySettings).Assembly.GetExportedTypes().Where(type => !type.IsNested)];

    [Test]
    public void A_type_is_public_only_where_a_program_needs_it()
    {
        var needed = Closure(Public.Where(IsNamed));
        string[] found =
        [
            .. Public.Where(type => !needed.Contains(type)).Select(type => type.FullName!).Order(),
        ];
        Assert.That(found, Is.Empty, $"Make these internal:\n{string.Join('\n', found)}");
    }

    [Test]
    public void What_a_program_names_brings_the_types_of_its_signatures_with_it() =>
        Assert.That(
            Closure([typeof(CapacitySettings)]),
            Does.Contain(typeof(TaskSize)).And.Not.Contain(typeof(SettingsReader)));

    private static bool IsNamed(Type type)
    {
        var name = new Regex($@"\b{type.Name.Split('`')[0]}\b");
        return Programs.SelectMany(Sources.CodeIn)
            .Any(source => source.Text.Contains(type.Namespace!, StringComparison.Ordinal)
                && name.IsMatch(source.Code));
    }

    private static HashSet<Type> Closure(IEnumerable<Type> types)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(types);
        while (open.TryPop(out var type))
        {
            if (!found.Add(type))
                continue;
            foreach (var next in Signatures(type)
                .SelectMany(CompiledUses.Parts).Where(next => next.Assembly == type.Assembly))
                open.Push(next.DeclaringType is null ? next : CompiledUses.Outermost(next));
        }

        return found;
    }

    // What the compiler wants to be as visible as the type: bases, constraints, and what its visible members are made
    // of.
    private static IEnumerable<Type> Signatures(Type type) =>
    [
        .. type.BaseType is { } ancestor ? [ancestor] : Type.EmptyTypes,
        .. type.GetInterfaces().Where(one => one.IsInterface && type.IsInterface),
        .. type.GetGenericArguments().Where(argument => argument.IsGenericParameter)
            .SelectMany(argument => argument.GetGenericParameterConstraints()),
        .. type.GetFields(Own).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType),
        .. type.GetMethods(Own).Where(method => method.IsPublic || method.IsFamily).SelectMany(Parameters),
        .. type.GetConstructors(Own).Where(method => method.IsPublic || method.IsFamily).SelectMany(Parameters),
        .. type.GetNestedTypes().SelectMany(Signatures),
    ];

    private static IEnumerable<Type> Parameters(MethodBase method) =>
    [
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
        .. method.IsGenericMethod
            ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints())
            : Type.EmptyTypes,
    ];
}
