using System.Buffers;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>Takes comments, escaped comment signs and outer blanks off a line.</summary>
internal static class Decomment
{
    private static readonly SearchValues<char> Special = SearchValues.Create("#!\"\\");

    /// <summary>Works on the window of <paramref name="line"/>; returns where an unclosed quote begins, or -1.</summary>
    public static int Apply(LineBuffer line)
    {
        line.Trim();
        var quote = line.Text.ContainsAny(Special) ? Scan(line) : -1;
        if (line.Length > 1 && line.Text[^1] == '\\')
        {
            // Blanks before a last backslash go, as at the end of any line.
            while (line.Length > 1 && line.Text[^2] is ' ' or '\t')
                line.Remove(line.End - 2);
        }

        return quote;
    }

    private static int Scan(LineBuffer line)
    {
        var quote = -1;
        for (var i = line.Start; i < line.End; i++)
        {
            switch (line.Text[i - line.Start])
            {
                case '"':
                    quote = quote < 0 ? i : -1;
                    break;
                case '#' or '!' when quote < 0:
                    line.Window(line.Start, i);
                    line.Trim();
                    return quote;
                case '\\' when i + 1 < line.End:
                    if (quote < 0 && line.Text[i + 1 - line.Start] is '#' or '!')
                        line.Remove(i);
                    else
                        i++;
                    break;
            }
        }

        line.Trim();
        return quote;
    }
}
