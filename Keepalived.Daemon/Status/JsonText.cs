using System.Globalization;
using System.Text;

namespace Keepalived.Daemon.Status;

/// <summary>
/// Writes JSON exactly as the original does, escapes and all: compact, a solidus escaped. (The runtime's own writer escapes differently.)
/// </summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();
    private bool _needsComma;

    /// <summary>Begins an object, of this name within another one.</summary>
    public JsonText Object(string? name = null) => Open(name, '{');

    /// <summary>Begins an array, of this name within an object.</summary>
    public JsonText Array(string? name = null) => Open(name, '[');

    /// <summary>Ends the object.</summary>
    public JsonText EndObject() => Close('}');

    /// <summary>Ends the array.</summary>
    public JsonText EndArray() => Close(']');

    /// <summary>A string.</summary>
    public JsonText String(string? name, string value)
    {
        Name(name);
        Quote(value);
        return this;
    }

    /// <summary>An integer.</summary>
    public JsonText Number(string name, long value) => Raw(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number as %g has it.</summary>
    public JsonText Number(string name, double value) => Raw(name, value.ToString("0.######", CultureInfo.InvariantCulture));

    /// <summary>true or false.</summary>
    public JsonText Bool(string name, bool value) => Raw(name, value ? "true" : "false");

    /// <summary>A value that is formatted already.</summary>
    public JsonText Raw(string name, string value)
    {
        Name(name);
        _text.Append(value);
        return this;
    }

    /// <summary>An array of strings; nothing if there are none.</summary>
    public JsonText Strings(string name, IEnumerable<string> values)
    {
        var all = values.ToList();
        if (all.Count == 0)
            return this;
        Array(name);
        foreach (var value in all)
            String(null, value);
        return EndArray();
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private JsonText Open(string? name, char bracket)
    {
        Name(name);
        _text.Append(bracket);
        _needsComma = false;
        return this;
    }

    private JsonText Close(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
        return this;
    }

    private void Name(string? name)
    {
        if (_needsComma)
            _text.Append(',');
        _needsComma = true;
        if (name is null)
            return;
        Quote(name);
        _text.Append(':');
    }

    private void Quote(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\' or '/')
                _text.Append('\\').Append(c);
            else if (c < ' ' || c == '\u007f')
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                _text.Append(c);
        }

        _text.Append('"');
    }
}
