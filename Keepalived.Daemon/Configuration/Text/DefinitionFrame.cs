namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The lines of a multi-line definition, from the second or the first, at the place of its use.</summary>
internal sealed class DefinitionFrame(Definition definition, List<string> lines, int next, int file, int line, int column) : LineFrame
{
    private int _next = next;

    public Definition Definition => definition;

    public override bool TryNext(LineBuffer buffer, ConfigurationReader reader)
    {
        if (_next >= lines.Count || !reader.CountGeneratedLine(file, line, column))
            return false;
        buffer.SetBody(lines[_next++], definition, file, line, column);
        return true;
    }
}
