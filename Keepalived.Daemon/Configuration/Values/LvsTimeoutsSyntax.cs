namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>tcp N</c>, <c>tcpfin N</c>, <c>udp N</c>, in any order; a wrong one is left out.</summary>
internal sealed class LvsTimeoutsSyntax : ValueSyntax<(uint? Tcp, uint? TcpFin, uint? Udp)>
{
    private static readonly NumberSyntax<uint> Seconds = new(0, 2_678_400);

    public override string Description => "[tcp 0..2678400] [tcpfin 0..2678400] [udp 0..2678400]";

    public override bool TryRead(
        ValueReader reader, (uint? Tcp, uint? TcpFin, uint? Udp) previous, out (uint? Tcp, uint? TcpFin, uint? Udp) value)
    {
        value = previous;
        for (var word = 1; word < reader.Count; word++)
        {
            if (reader[word] is not ("tcp" or "tcpfin" or "udp"))
            {
                reader.Unknown(word, ["tcp", "tcpfin", "udp"]);
                continue;
            }

            if (word + 1 == reader.Count)
            {
                reader.Invalid(word, $"a number must follow {reader.Text(word)}");
                break;
            }

            var name = reader[word++];
            if (!Seconds.TryRead(reader, word, out var seconds))
                continue;
            value = name switch
            {
                "tcp" => value with { Tcp = seconds },
                "tcpfin" => value with { TcpFin = seconds },
                _ => value with { Udp = seconds },
            };
        }

        return value is not (null, null, null);
    }
}
