using Allure.Net.Commons.Functions;

namespace Allure.Net.Commons;

public static partial class AllureApi
{
    /// <summary>Adds a parameter; its value is shown as JSON.</summary>
    public static void AddTestParameter(string name, object? value) =>
        AddTestParameter(new Parameter { name = name, value = FormatFunctions.Format(value) });

    /// <summary>Adds a parameter, shown as the mode says.</summary>
    public static void AddTestParameter(string name, object? value, ParameterMode mode) =>
        AddTestParameter(new Parameter { name = name, value = FormatFunctions.Format(value), mode = mode });

    /// <summary>Adds a parameter; an excluded one has no part in the history id.</summary>
    public static void AddTestParameter(string name, object? value, bool excluded) =>
        AddTestParameter(new Parameter { name = name, value = FormatFunctions.Format(value), excluded = excluded });

    /// <summary>Adds a parameter, shown as the mode says; an excluded one has no part in the history id.</summary>
    public static void AddTestParameter(string name, object? value, ParameterMode mode, bool excluded) =>
        AddTestParameter(
            new Parameter { name = name, value = FormatFunctions.Format(value), mode = mode, excluded = excluded });

    /// <summary>Adds a parameter as it is.</summary>
    public static void AddTestParameter(Parameter parameter) => Change(test => test.parameters.Add(parameter));
}
