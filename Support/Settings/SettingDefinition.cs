using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace Support.Settings;

/// <summary>One setting: its name, what is allowed, what it means, and its property.</summary>
internal sealed record SettingDefinition
{
    /// <summary>The start of the name of every environment variable that is a setting.</summary>
    public const string EnvironmentPrefix = "CAPACITY_";

    /// <summary>The part of the settings that it belongs to, as in <c>Target</c>.</summary>
    public required string Area { get; init; }

    /// <summary>The name as a test run parameter and in every report, as in <c>Target.Url</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it means, in one or two sentences; Markdown.</summary>
    public required string Meaning { get; init; }

    /// <summary>What is allowed, in words.</summary>
    public required string Allowed { get; init; }

    /// <summary>The value in effect, without secrets; it can be read back unless something was hidden.</summary>
    public required Func<CapacitySettings, string> Show { get; init; }

    /// <summary>
    /// Reads a value; the problem is null for a good one, and empty where <see cref="Allowed"/> says it all.
    /// </summary>
    public required Func<CapacitySettings, string, (CapacitySettings Settings, string? Problem)> Apply { get; init; }

    /// <summary>A value as given, without secrets.</summary>
    public required Func<string, string> Echo { get; init; }

    /// <summary>Whether the whole value is a secret. What is secret in a URL is hidden without that.</summary>
    public bool Secret { get; init; }

    /// <summary>The settings that this one follows from where it is not given, the strongest first.</summary>
    public ImmutableArray<string> Follows { get; init; } = [];

    /// <summary>The environment variable: the prefix, upper case, dots to underscores.</summary>
    public string EnvironmentName
    {
        get => field ?? EnvironmentPrefix + Name.ToUpperInvariant().Replace('.', '_');
        init;
    }

    /// <summary>The default as a user would write it, or where it comes from.</summary>
    public string Default => Follows.IsEmpty ? Show(new CapacitySettings()) : "from the profile";

    /// <summary>
    /// A setting that is a property of one of the parts: <c>settings.Target.Url</c> is called <c>Target.Url</c>.
    /// <paramref name="set"/> puts in a value; null sets the property alone.
    /// </summary>
    public static SettingDefinition Of<T>(
        Expression<Func<CapacitySettings, T>> property, SettingFormat<T> format, string meaning,
        Func<CapacitySettings, T, CapacitySettings>? set = null)
    {
        var own = (MemberExpression)property.Body;
        var (part, value) = ((PropertyInfo)((MemberExpression)own.Expression!).Member, (PropertyInfo)own.Member);
        var get = property.Compile();
        set ??= (settings, given) => With(settings, part, With(part.GetValue(settings)!, value, given));
        return new()
        {
            Area = part.Name,
            Name = $"{part.Name}.{value.Name}",
            Meaning = meaning,
            Allowed = format.Allowed,
            Show = settings => format.Show(get(settings)),
            Echo = format.Echo,
            Apply = (settings, text) => Read(format, text) switch
            {
                { Problem: { } problem } => (settings, problem),
                { Value: var given } => (set(settings, given), null),
            },
        };
    }

    private static Parsed<T> Read<T>(SettingFormat<T> format, string text) => string.IsNullOrWhiteSpace(text)
        ? new Bad("it is empty: give a value, or leave the setting out")
        : format.Parse(text);

    // What `with` does, for a property that is known at run time alone: a record makes its copy by this method.
    private static TRecord With<TRecord>(TRecord record, PropertyInfo property, object? value)
        where TRecord : notnull
    {
        var copy = (TRecord)record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }
}
