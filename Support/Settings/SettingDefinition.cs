using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>One setting: what it is called, what is allowed, what it means, and how it gets into <see cref="CapacitySettings"/>.</summary>
public abstract record SettingDefinition
{
    /// <summary>The start of the name of every environment variable that is a setting.</summary>
    public const string EnvironmentPrefix = "CAPACITY_";

    /// <summary>The name as a test run parameter and in every report, as in <c>Target.Url</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it means, in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>What is allowed, in words.</summary>
    public abstract string Allowed { get; }

    /// <summary>The default as a user would write it, or where it comes from.</summary>
    public string Default => DefaultNote ?? Show(new CapacitySettings());

    /// <summary>Whether the whole value is a secret. What is secret in a URL is hidden without that.</summary>
    public bool Secret { get; init; }

    /// <summary>The environment variable: the prefix, upper case, dots to underscores.</summary>
    public string EnvironmentName =>
        FixedEnvironmentName ?? EnvironmentPrefix + Name.ToUpperInvariant().Replace('.', '_');

    /// <summary>The variable of a setting that does not follow the rule; null for all others.</summary>
    internal string? FixedEnvironmentName { get; init; }

    /// <summary>What to say instead of a default value; null shows the value.</summary>
    internal string? DefaultNote { get; init; }

    /// <summary>The settings that this one follows from where it is not given, the strongest first.</summary>
    internal ImmutableArray<string> Follows { get; init; } = [];

    /// <summary>The value in effect, without secrets.</summary>
    internal abstract string Show(CapacitySettings settings);

    /// <summary>A value as given, without secrets.</summary>
    internal abstract string Echo(string text);

    /// <summary>Reads a value into the settings, or leaves them as they are and says why.</summary>
    /// <returns>The problem is null for a good value, and empty where <see cref="Allowed"/> says it all.</returns>
    internal abstract (CapacitySettings Settings, string? Problem) Apply(CapacitySettings settings, string text);
}

/// <summary>A setting with a value of one type.</summary>
internal sealed record SettingDefinition<T> : SettingDefinition
{
    public required SettingFormat<T> Format { get; init; }

    public required Func<CapacitySettings, T> Get { get; init; }

    public required Func<CapacitySettings, T, CapacitySettings> Set { get; init; }

    public override string Allowed => Format.Allowed;

    internal override string Show(CapacitySettings settings) => Format.Show(Get(settings));

    internal override string Echo(string text) => Secret ? SettingFormats.Hidden : Format.Echo(text);

    internal override (CapacitySettings Settings, string? Problem) Apply(CapacitySettings settings, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (settings, "it is empty: give a value, or leave the setting out");
        var (value, problem) = Format.Parse(text);
        return problem is null ? (Set(settings, value), null) : (settings, problem);
    }
}
