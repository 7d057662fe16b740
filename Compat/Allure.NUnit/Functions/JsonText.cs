using System.Globalization;
using System.Text;

namespace Allure.Net.Commons.Functions;

/// <summary>
/// Strings as the package's serializer writes them. The history id is a hash over such text, so every character counts.
/// </summary>
internal static class JsonText
{
    /// <summary>Quotes a string; null becomes <c>null</c>.</summary>
    public static string Quote(string? text)
    {
        if (text is null)
            return "null";

        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
            quoted.Append(Escape(character));
        return quoted.Append('"').ToString();
    }

    // Only what JSON demands is escaped, and the three line breaks of Unicode that JavaScript of old could not read.
    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\u0085' or '\u2028' or '\u2029' =>
            "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
        _ => character.ToString(),
    };
}
