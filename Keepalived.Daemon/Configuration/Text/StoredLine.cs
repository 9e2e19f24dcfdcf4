namespace Keepalived.Daemon.Configuration.Text;

/// <summary>A line kept for later with the places its characters came from.</summary>
internal sealed record StoredLine(
    char[] Text,
    int[] Columns,
    int[] Origins,
    List<(Definition Definition, int Parent)> Expansions,
    int File,
    int Line);
