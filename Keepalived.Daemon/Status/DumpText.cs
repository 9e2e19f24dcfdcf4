using System.Globalization;
using System.Text;

namespace Keepalived.Daemon.Status;

/// <summary>Text for people and their scripts: headings, and lines of a label and a value.</summary>
internal sealed class DumpText
{
    private readonly StringBuilder _text = new();

    /// <summary>A moment: seconds since 1970, and for people in local time.</summary>
    public static string Moment(DateTimeOffset moment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(moment - DateTimeOffset.UnixEpoch).TotalSeconds:F6} ({moment.ToLocalTime():ddd MMM dd HH':'mm':'ss'.'ffffff yyyy})");

    /// <summary>Begins a section.</summary>
    public DumpText Heading(string title)
    {
        _text.Append("------< ").Append(title).Append(" >------\n");
        return this;
    }

    /// <summary>A line as it is, after its indentation.</summary>
    public DumpText Line(int indent, string text)
    {
        _text.Append(' ', indent).Append(text).Append('\n');
        return this;
    }

    /// <summary>A label and its value.</summary>
    public DumpText Value(int indent, string label, object value) =>
        Line(indent, string.Create(CultureInfo.InvariantCulture, $"{label} = {value}"));

    /// <summary>A label and several lines under it; nothing if there are none.</summary>
    public DumpText List(int indent, string label, IEnumerable<string> lines)
    {
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst)
                Line(indent, label);
            isFirst = false;
            Line(indent + 2, line);
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
