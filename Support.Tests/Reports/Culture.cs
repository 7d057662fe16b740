using System.Globalization;

namespace Support.Tests.Reports;

/// <summary>Runs something as on a machine of another culture.</summary>
internal static class Culture
{
    internal static T In<T>(string name, Func<T> make)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }
}
