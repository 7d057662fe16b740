using System.Globalization;

namespace Support.Aws.Scaling;

/// <summary>
/// Works out an expression of CloudWatch, as far as one number can stand for a series (CloudWatch user guide, using
/// metric math).
/// </summary>
/// <remarks>
/// Numbers, ids, <c>+ - * / ( )</c>, FILL, and AVG, MAX, MIN of one series. SUM of one series adds its points up, which
/// depends on how many there are.
/// </remarks>
internal sealed class MetricExpression
{
    private readonly string text;
    private readonly Func<string, double?> valueOf;
    private int at;

    private MetricExpression(string text, Func<string, double?> valueOf) => (this.text, this.valueOf) = (text, valueOf);

    /// <summary>The value; null where the expression, or an id in it, is not understood.</summary>
    /// <param name="text">1 to 2,048 characters.</param>
    /// <param name="valueOf">The value of an id; null where it is not known.</param>
    public static double? Evaluate(string text, Func<string, double?> valueOf)
    {
        var expression = new MetricExpression(text, valueOf);
        var value = expression.Sum();
        return expression.Next() is null && value is { } number && double.IsFinite(number) ? number : null;
    }

    private double? Sum()
    {
        var value = Product();
        while (Next() is '+' or '-')
            value = text[at++] == '+' ? value + Product() : value - Product();
        return value;
    }

    private double? Product()
    {
        var value = Factor();
        while (Next() is '*' or '/')
            value = text[at++] == '*' ? value * Factor() : value / Factor();
        return value;
    }

    private double? Factor()
    {
        if (Took('-'))
            return -Factor();
        if (Took('('))
            return Closed(Sum());
        var word = Word();
        if (word.Length == 0)
            return null;
        if (char.IsAsciiDigit(word[0]) || word[0] == '.')
            return double.TryParse(
                word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
                out var number)
                ? number
                : null;
        return Took('(') ? Function(word) : valueOf(word);
    }

    private double? Function(string name)
    {
        var value = Sum();
        return name switch
        {
            "FILL" => Took(',') && Word().Length > 0 ? Closed(value) : null,
            "AVG" or "MAX" or "MIN" => Closed(value),
            _ => null,
        };
    }

    private double? Closed(double? value) => Took(')') ? value : null;

    private string Word()
    {
        Next();
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            at++;
        return text[from..at];
    }

    private bool Took(char wanted)
    {
        if (Next() != wanted)
            return false;
        at++;
        return true;
    }

    // The next character that is not white; null at the end.
    private char? Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length ? text[at] : null;
    }
}
