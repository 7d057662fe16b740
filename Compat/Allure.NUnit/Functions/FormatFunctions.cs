using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Allure.Net.Commons.Functions;

/// <summary>Values of parameters as text.</summary>
public static class FormatFunctions
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
    };

    /// <summary>
    /// The value as JSON: a string appears in quotes, null as <c>null</c>, a whole floating-point number with
    /// <c>.0</c>.
    /// </summary>
    public static string Format(object? value) => value switch
    {
        null => "null",
        string text => JsonText.Quote(text),
        char character => JsonText.Quote(character.ToString()),
        double number => WithFraction(number.ToString("R", CultureInfo.InvariantCulture), double.IsFinite(number)),
        float number => WithFraction(number.ToString("R", CultureInfo.InvariantCulture), float.IsFinite(number)),
        decimal number => WithFraction(number.ToString(CultureInfo.InvariantCulture), finite: true),
        Enum constant => constant.ToString("D"),
        _ => FormatObject(value),
    };

    private static string WithFraction(string number, bool finite)
    {
        if (!finite)
            return JsonText.Quote(number);
        return number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0";
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A value that has no JSON form must not fail the test that it is a parameter of.")]
    private static string FormatObject(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, value.GetType(), Options);
        }
        catch (Exception)
        {
            return value.ToString() ?? "null";
        }
    }
}
