"""The demo's names and jobs: nobody real, many countries, as a university is."""

from random import Random

FIRST = """Aisha Alan Alice Amir Andrea Anika Anthony Astrid Beatriz Ben Bianca Boris Bruno Camille Carlos Cecilia Chidi
Chloe Clara Colin Daniela Dariusz David Deepa Dmitri Edith Elena Elias Emeka Emma Enzo Erik Esther Eva Fatima Felix
Fiona Freya Gabriel George Gita Greta Hamid Hana Hector Hugo Ibrahim Ines Ioana Isaac Isla Ivan Jacob Jana Jasmine
Joao Johanna Jonas Josef Julia Kamal Karin Kateryna Keiko Kevin Khadija Kiran Lars Laura Lena Liam Lina Lucia Magnus
Malik Maria Marta Mateo Mei Milan Mina Mona Nadia Naveen Nils Nina Noor Olga Oscar Paolo Paula Pedro Petr Rachel Rania
Ravi Rosa Ruben Sana Sandra Sara Sebastian Selma Simon Stefan Sunita Tariq Teresa Thea Theo Tim Ulrike Valentina Vera
Victor Wei William Yara Yusuf Zainab Zoe""".split()  # noqa: SIM905 a hundred names read better as words
LAST = """Abbott Adeyemi Ahmed Almeida Andersson Baker Barnes Bauer Bianchi Brandt Bright Carter Castillo Chen Clarke
Costa Dahl Das Davies Diallo Dubois Eriksen Evans Farah Fernandes Fischer Foster Garcia Gibson Gruber Gupta Haas Hall
Hansen Hassan Hoffmann Horvat Hughes Ibrahim Ivanova Jansen Jensen Johansson Joshi Kaya Keller Khan Kim Kovacs Kowalski
Kumar Larsen Laurent Lehmann Lewis Lopez Malik Marino Martins Mbeki Meyer Moreau Morris Mueller Murphy Nagy Nakamura
Nielsen Nkosi Okoye Oliveira Osei Park Patel Pereira Petrov Popescu Price Quinn Rahman Reid Ribeiro Rossi Russo Santos
Sato Schmidt Shah Silva Singh Sorensen Suzuki Tanaka Taylor Thomas Turner Varga Vasquez Vogel Wagner Walker Wang Weber
Wong Wright Yilmaz Young Zhang Ziegler""".split()  # noqa: SIM905
PLAIN_LETTERS = str.maketrans("áàäâãéèëêíïîóöôõúüçñøåřýčďěňšťůž", "aaaaaeeeeiiioooouucnoarycdenstuz")

SCIENCE_JOBS = (
    "Laboratory technician",
    "Graduate secretary",
    "Research coordinator",
    "Field station technician",
    "Administrative assistant",
    "Collections assistant",
    "Data technician",
    "Workshop technician",
)
REGISTRY_JOBS = (
    "Records clerk",
    "Admissions officer",
    "Timetabling officer",
    "Administrative assistant",
    "Graduation clerk",
)
IT_JOBS = (
    "Systems administrator",
    "Service desk analyst",
    "Network engineer",
    "Web developer",
    "Audio-visual technician",
)
FACILITIES_JOBS = ("Caretaker", "Electrician", "Grounds keeper", "Room booking clerk", "Stores and post", "Porter")
STUDENT_JOBS = ("Student adviser", "Disability adviser", "Careers adviser", "Housing officer", "Receptionist")
FINANCE_JOBS = ("Finance clerk", "Purchasing officer", "Payroll officer", "Accountant")
LIBRARY_JOBS = ("Library assistant", "Subject librarian", "Archivist", "Receptionist")
HR_JOBS = ("HR assistant", "Payroll and benefits officer", "Staff development officer")
INTERNATIONAL_JOBS = ("Visa adviser", "Exchange coordinator", "Administrative assistant")


def draw(dice: Random, taken: set[str]) -> str:
    """A full name that nobody has yet."""
    while True:
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        if name not in taken:
            return name


def leader_title(n: int) -> str:
    return ("Office manager", "Operations manager", "Service manager", "Team leader")[n % 4]
